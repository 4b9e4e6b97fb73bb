// The smallest ssh2 server that OpenSSH's sftp downloads from: it answers each READ at once from memory, with what
// platform-notes.md says that clients need.
import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';

const { hostKey, largeBytes, smallFiles, smallBytes } = JSON.parse(process.argv[2]);
const { STATUS_CODE } = ssh2.utils.sftp;
const PIECE = 4 * 1024 * 1024;
// Longer than a piece by the longest READ, so that no answer is short: a client would ask for smaller ones from then on.
const PATTERN = Buffer.alloc(PIECE + 256 * 1024, 'row,HSIK9,OMNI1,7\r\n');
const sizes = new Map([
  ['large.csv', largeBytes],
  ...Array.from({ length: smallFiles }, (_, i) => [`small-${i}.csv`, smallBytes]),
]);
const attributes = (size, mode) => ({ mode, uid: 0, gid: 0, size, atime: 0, mtime: 0 });
const FOLDER = attributes(0, 0o040555);

const server = new ssh2.Server({ hostKeys: [readFileSync(hostKey)] }, (client) => {
  client.on('error', () => undefined);
  client.on('authentication', (request) =>
    request.method === 'publickey' ? request.accept() : request.reject(['publickey']),
  );
  client.on('session', (accept) => {
    accept().on('sftp', (acceptSftp) => serve(acceptSftp()));
  });
});
server.on('connection', (client) => client.setNoDelay?.(true));
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, user: 'CABC', folder: '/files' }));
});

function serve(sftp) {
  const open = new Map();
  let last = 0;
  const handle = (id, what) => {
    const name = Buffer.alloc(4);
    name.writeUInt32BE(++last);
    open.set(last, what);
    sftp.handle(id, name);
  };
  const find = (path) => {
    const name = path.split('/').filter(Boolean).at(-1) ?? '';
    if (name === '' || name === 'files' || name === '.') return FOLDER;
    const size = sizes.get(name);
    return size === undefined ? undefined : attributes(size, 0o100444);
  };
  const status = (id, path) => {
    const found = find(path);
    if (found) sftp.attrs(id, found);
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  };
  sftp.on('REALPATH', (id, path) => {
    const name = path === '.' ? '/' : path;
    sftp.name(id, [{ filename: name, longname: name, attrs: FOLDER }]);
  });
  sftp.on('STAT', status).on('LSTAT', status);
  sftp.on('OPENDIR', (id) => handle(id, { names: [...sizes.keys()] }));
  sftp.on('READDIR', (id, name) => {
    const names = open.get(name.readUInt32BE()).names.splice(0, 100);
    if (names.length === 0) return sftp.status(id, STATUS_CODE.EOF);
    return sftp.name(
      id,
      names.map((filename) => ({ filename, longname: filename, attrs: find(filename) })),
    );
  });
  sftp.on('OPEN', (id, path) => handle(id, find(path)));
  sftp.on('FSTAT', (id, name) => sftp.attrs(id, open.get(name.readUInt32BE())));
  sftp.on('READ', (id, name, offset, length) => {
    const { size } = open.get(name.readUInt32BE());
    if (offset >= size) return sftp.status(id, STATUS_CODE.EOF);
    const from = offset % PIECE;
    return sftp.data(id, PATTERN.subarray(from, from + Math.min(length, size - offset)));
  });
  sftp.on('CLOSE', (id, name) => {
    open.delete(name.readUInt32BE());
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('end', () => sftp.end());
}
