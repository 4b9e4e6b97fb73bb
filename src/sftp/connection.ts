import type { Socket } from 'node:net';
import type { AuthContext, Connection, ParsedKey, Session, SFTPWrapper } from 'ssh2';
import { Line } from '../faults/line.ts';
import type { Faults } from '../faults/live-faults.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { TransportTime } from '../time/instant.ts';
import { acceptKnownKey, decideAuthentication } from './authentication.ts';
import type { ConnectionJournal } from './connection-journal.ts';
import { letFaultsHit } from './faulty-channel.ts';
import { answerWithoutCopies } from './file-answers.ts';
import type { SftpPort, SftpUser } from './port.ts';
import { ReportTree, type RenderedReports } from './report-tree.ts';
import type { SftpSettings } from './settings.ts';
import { serveSftp, type SftpChannel } from './sftp-channel.ts';
import { packetSizeOf, sendExitStatus } from './ssh2-private.ts';

/** What all connections of one server share. */
export interface ConnectionShared {
  readonly core: SftpPort;
  readonly settings: SftpSettings;
  readonly wall: WallClock;
  readonly rendered: RenderedReports;
  /** Logged-in connections by user name. */
  readonly sessions: Map<string, number>;
  readonly faults: Faults;
  /** `sftp`. */
  readonly listener: string;
}

// Time for the last packet to reach a client before its socket is cut.
const CLOSE_GRACE_MS = 2_000;
// RFC 4253 section 6.1 lets every party take 32 KiB; a smaller packet wastes time, and 0 hangs ssh2.
const PACKET_SIZE_MIN = 256;

/** One TCP connection, from the first byte to the last: who it is, what it may do, when it must go. */
export class SftpConnection {
  readonly #socket: Socket;
  readonly #shared: ConnectionShared;
  readonly #journal: ConnectionJournal;
  readonly #channels = new Set<SftpChannel>();
  readonly #loginBy: TransportTime;
  readonly line: Line;
  #client: Connection | undefined;
  #isOpenSsh = false;
  #user: { readonly name: string; readonly user: SftpUser } | undefined;
  #lastActiveAt: TransportTime;
  #cutAt: TransportTime | undefined;
  #reason: string | undefined;
  #isOver = false;
  #isBroken = false;
  #wasAsked = false;
  #failedTries = 0;
  #refusals = 0;
  #sessionChannels = 0;

  constructor(socket: Socket, shared: ConnectionShared, journal: ConnectionJournal) {
    this.#socket = socket;
    this.#shared = shared;
    this.#journal = journal;
    this.line = new Line(socket, socket, shared.wall);
    this.#lastActiveAt = shared.wall.transportNow();
    this.#loginBy = (this.#lastActiveAt + shared.settings.loginDeadlineMs) as TransportTime;
    journal.connected();
    socket.on('error', () => {
      this.#reason ??= 'connection-lost';
    });
    socket.once('close', () => this.#over('client-closed'));
  }

  /** ssh2 has read the identification and made its connection object. */
  attach(client: Connection, software: string, parseKey: (line: string) => ParsedKey | Error): void {
    this.#client = client;
    this.#isOpenSsh = software.startsWith('OpenSSH_');
    client.on('error', (error: Error & { readonly level?: string; readonly code?: unknown }) => this.#failed(error));
    client.on('authentication', (request) => this.#authenticate(request, parseKey));
    client.on('session', (accept, reject) => this.#openSession(accept, reject));
    client.on('tcpip', (_accept, reject) => this.#refuseRequest('direct-tcpip', reject));
    client.on('openssh.streamlocal', (_accept, reject) => this.#refuseRequest('direct-streamlocal', reject));
    client.on('request', (_accept, reject, name) => this.#refuseRequest(name, reject));
    // After ssh2's own listener: all requests of one turn are here, and their answers go out in one write.
    this.#socket.on('data', () => this.#pump());
    this.#socket.on('drain', () => this.#pump());
  }

  /** Called every second or so. */
  sweep(now: TransportTime): void {
    for (const channel of this.#channels) channel.sweep();
    this.#pump();
    if (this.#cutAt !== undefined) {
      if (now >= this.#cutAt) this.#socket.destroy();
    } else if (!this.#user) {
      if (now >= this.#loginBy) this.close('login-deadline');
    } else if (
      now - this.#lastActiveAt >= this.#shared.settings.idleLimitMs &&
      ![...this.#channels].some((c) => c.waiting() > 0)
    ) {
      this.close('idle');
    }
  }

  /** Broken bytes: told once, then the connection goes. */
  broken(code: string, message: string): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#journal.invalid(code, message);
    this.close(code);
  }

  /** Says goodbye and cuts the socket a moment later. */
  close(reason: string): void {
    this.#reason ??= reason;
    if (this.#cutAt !== undefined) return;
    this.#cutAt = (this.#shared.wall.transportNow() + CLOSE_GRACE_MS) as TransportTime;
    try {
      if (this.#client) this.#client.end();
      else this.#socket.end();
    } catch {
      // ssh2 throws when its protocol object is already gone.
      this.#socket.destroy();
    }
  }

  /** The server stops. The journal is told at once, not when the socket gets round to it. */
  stop(): void {
    this.#over('server-stopped');
    this.#socket.destroy();
  }

  #over(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const channel of this.#channels) channel.close();
    this.#channels.clear();
    if (this.#user) {
      const { sessions } = this.#shared;
      const left = (sessions.get(this.#user.name) ?? 1) - 1;
      if (left > 0) sessions.set(this.#user.name, left);
      else sessions.delete(this.#user.name);
    }
    this.#journal.disconnected(this.#reason ?? reason);
  }

  #failed(error: Error & { readonly level?: string; readonly code?: unknown }): void {
    // 'write EPIPE' and 'ECONNRESET' when a client vanishes are nobody's mistake (platform-notes.md section 5).
    if (error.level === 'socket') this.#reason ??= 'connection-lost';
    else if (error.level === 'client-timeout') this.close('keepalive-timeout');
    // The client's own goodbye with a reason: a number of RFC 4253 section 11.1.
    else if (error.level === undefined && typeof error.code === 'number') this.#reason ??= 'client-disconnected';
    else this.broken(error.level === 'handshake' ? 'ssh-handshake' : 'ssh-protocol', error.message);
  }

  #authenticate(request: AuthContext, parseKey: (line: string) => ParsedKey | Error): void {
    // What was already under way when the connection was closed is not even looked at.
    if (this.#cutAt !== undefined) return;
    const { core, settings, sessions } = this.#shared;
    const decision = decideAuthentication(request, core, parseKey);
    switch (decision.outcome) {
      case 'key-known':
        if (request.method === 'publickey') acceptKnownKey(request);
        return;
      case 'asked': {
        const isFirst = !this.#wasAsked;
        this.#wasAsked = true;
        return this.#rejectLogin(request, isFirst);
      }
      case 'refused':
        this.#journal.loginRefused(request.username, request.method, decision.code, decision.fingerprint);
        return this.#rejectLogin(request, false);
      case 'ok':
        break;
    }
    const logged = sessions.get(request.username) ?? 0;
    if (logged >= settings.sessionsPerUserMax) {
      this.#journal.loginRefused(request.username, request.method, 'too-many-sessions', decision.fingerprint);
      request.reject(['publickey']);
      return this.close('too-many-sessions');
    }
    sessions.set(request.username, logged + 1);
    this.#user = { name: request.username, user: decision.user };
    this.#lastActiveAt = this.#shared.wall.transportNow();
    this.#journal.loggedIn(request.username, decision.user, decision.fingerprint);
    request.accept();
  }

  // One answer for every reason: a client must not learn which user names exist.
  #rejectLogin(request: AuthContext, isFree: boolean): void {
    if (!isFree) this.#failedTries += 1;
    request.reject(['publickey']);
    if (this.#failedTries >= this.#shared.settings.authenticationTriesMax) this.close('too-many-login-failures');
  }

  #openSession(accept: () => Session, reject: () => void): void {
    if (this.#sessionChannels >= this.#shared.settings.channelsPerConnectionMax) {
      this.#refused('session', undefined, 'too-many-channels');
      return reject();
    }
    const session = accept();
    if (packetSizeOf(session) < PACKET_SIZE_MIN)
      return this.broken('ssh-protocol', 'the channel announces too small a packet size');
    this.#sessionChannels += 1;
    session.once('close', () => {
      this.#sessionChannels -= 1;
    });
    session.on('sftp', (acceptSftp) => this.#openSftp(acceptSftp()));
    session.on('pty', (_accept, no) => this.#refuseRequest('pty', no));
    session.on('shell', (_accept, no) => this.#refuseRequest('shell', no));
    // rclone probes with exec and gets along without: platform-notes.md section 5. The command is not written down.
    session.on('exec', (_accept, no) => this.#refuseRequest('exec', no));
    session.on('subsystem', (_accept, no) => this.#refuseRequest('subsystem', no));
    session.on('x11', (_accept, no) => this.#refuseRequest('x11', no));
    session.on('auth-agent', (_accept, no) => this.#refuseRequest('auth-agent', no));
  }

  #openSftp(sftp: SFTPWrapper | undefined): void {
    const client = this.#client;
    if (!sftp || !client || !this.#user) return;
    const { core, settings, rendered, faults, listener } = this.#shared;
    const files = answerWithoutCopies(sftp, this.#isOpenSsh ? settings.bytesUnreadMax : undefined);
    letFaultsHit(sftp, {
      faults,
      listener,
      user: this.#user.name,
      line: () => this.line,
      whole: files.whole,
      cut: () => {
        this.#reason ??= 'fault';
        this.#socket.destroySoon();
      },
    });
    const channel = serveSftp(sftp, {
      settings,
      tree: new ReportTree(core, this.#user.user.participant, settings, rendered),
      now: () => core.now(),
      files,
      hasRoom: () => this.#hasRoom(),
      active: () => {
        this.#lastActiveAt = this.#shared.wall.transportNow();
      },
      refused: (operation, path, code) => this.#refused(operation, path, code),
      closed: (file) => this.#journal.fileClosed(file),
      tooMany: () => {
        if (this.#cutAt === undefined) this.#refused('requests', undefined, 'too-many-requests');
        this.close('too-many-requests');
      },
      finished: () => {
        // Without end(), OpenSSH's sftp, scp and sshfs hang for ever at exit: ssh2 does not close the channel
        // when the client says EOF (platform-notes.md section 5, fix 1).
        sendExitStatus(client, sftp);
        sftp.end();
      },
    });
    this.#channels.add(channel);
    sftp.on('error', (error: Error) => this.broken('sftp-protocol', error.message));
    sftp.on('close', () => {
      channel.close();
      this.#channels.delete(channel);
      // ssh2 does not answer a client's CLOSE with its own, and such a client waits.
      if (!this.#isOver) sftp.end();
    });
  }

  #refuseRequest(operation: string, reject: (() => void) | undefined): void {
    this.#refused(operation, undefined, 'not-allowed');
    // Undefined where the client wants no reply.
    reject?.();
  }

  #refused(operation: string, path: string | undefined, code: string): void {
    // What comes while the connection closes is not worth a line each.
    if (this.#cutAt !== undefined) return;
    this.#journal.refused(operation, path, code);
    this.#refusals += 1;
    if (this.#refusals >= this.#shared.settings.refusalsPerConnectionMax) this.close('too-many-refusals');
  }

  #hasRoom(): boolean {
    return (
      this.#cutAt === undefined &&
      !this.#socket.destroyed &&
      this.#socket.writableLength < this.#shared.settings.bytesInFlightMax
    );
  }

  #pump(): void {
    // What ssh2 answers by itself (global requests, keepalives) is not in the queue: whoever asks for that
    // without ever reading is cut.
    if (this.#socket.writableLength > 4 * this.#shared.settings.bytesInFlightMax) {
      this.#reason ??= 'not-reading';
      this.#socket.destroy();
      return;
    }
    if (this.#cutAt !== undefined) return;
    this.#socket.cork();
    try {
      for (const channel of this.#channels) channel.pump();
    } catch (error) {
      // One connection's trouble is not the others'.
      this.broken('internal-error', error instanceof Error ? error.message : String(error));
    } finally {
      this.#socket.uncork();
    }
  }
}
