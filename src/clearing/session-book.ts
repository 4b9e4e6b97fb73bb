import type { SessionId } from './rejection.ts';
import type { UserSession } from './session.ts';
import type { UserId } from './user.ts';

/** The open sessions, oldest first. It also knows those of a user, and how many a gateway has: each login asks for both. */
export class SessionBook extends Map<SessionId, UserSession> {
  readonly #ofUser = new Map<UserId, Map<SessionId, UserSession>>();
  readonly #atGateway = new Map<string, number>();

  static of(sessions: Iterable<UserSession>): SessionBook {
    const book = new SessionBook();
    for (const session of sessions) book.set(session.id, session);
    return book;
  }

  override set(id: SessionId, session: UserSession): this {
    const before = this.get(id);
    if (before) this.#forget(before);
    this.#count(session.gateway, 1);
    const own = this.#ofUser.get(session.user) ?? new Map<SessionId, UserSession>();
    this.#ofUser.set(session.user, own.set(id, session));
    return super.set(id, session);
  }

  override delete(id: SessionId): boolean {
    const before = this.get(id);
    if (before) this.#forget(before);
    return super.delete(id);
  }

  override clear(): void {
    this.#ofUser.clear();
    this.#atGateway.clear();
    super.clear();
  }

  ofUser(user: UserId): readonly UserSession[] {
    return [...(this.#ofUser.get(user)?.values() ?? [])];
  }

  countAt(gateway: string): number {
    return this.#atGateway.get(gateway) ?? 0;
  }

  #forget({ id, user, gateway }: UserSession): void {
    this.#count(gateway, -1);
    const own = this.#ofUser.get(user);
    own?.delete(id);
    if (own?.size === 0) this.#ofUser.delete(user);
  }

  #count(gateway: string, by: number): void {
    this.#atGateway.set(gateway, this.countAt(gateway) + by);
  }
}
