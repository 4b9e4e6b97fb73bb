import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../config.ts';
import type { Ready } from '../../ready.ts';

/** Where plain `make` in `clients/oapi-c` puts the library. */
const OAPI_LIBRARY = join(PACKAGE_ROOT, 'clients', 'oapi-c', 'build', 'liboapi.so');

/** Linux takes no longer text in one variable: 128 KiB with its name and its end. */
const VARIABLE_BYTES_MAX = 128 * 1024 - 64;

/**
 * The variables that tell a command where the simulator is: design.md 5.2. They hold a token and names of files with
 * passwords and keys, and are for the command alone.
 */
export function commandVariables(ready: Ready): Readonly<Record<string, string>> {
  const at = ({ address, port }: { readonly address: string; readonly port: number }): string => `${address}:${port}`;
  const [sftp] = ready.sftp;
  const [[sftpUser, sftpKey] = []] = Object.entries(ready.files.keys);
  return {
    DCASS_READY_JSON: readyText(ready),
    DCASS_CA_FILE: ready.files.ca,
    DCASS_HOSTS_FILE: ready.files.hosts,
    DCASS_ONLINE_URLS: ready.online.map(({ url }) => url).join(','),
    DCASS_OAPI_ADDRESSES: ready.oapi.map(at).join(','),
    ...(sftp ? { DCASS_SFTP_HOST: sftp.address, DCASS_SFTP_PORT: String(sftp.port) } : {}),
    ...(sftpUser === undefined || sftpKey === undefined ? {} : { DCASS_SFTP_USER: sftpUser, DCASS_SFTP_KEY: sftpKey }),
    DCASS_KNOWN_HOSTS: ready.files.knownHosts,
    DCASS_MAIL_ADDRESS: at(ready.mail),
    DCASS_CONTROL_URL: ready.control.url,
    DCASS_CONTROL_TOKEN: ready.control.token,
    // The name is told also where nobody has built it: whoever opens it is then told which file is missing.
    DCASS_OAPI_LIBRARY: OAPI_LIBRARY,
  };
}

/** The ready line; of a day with hundreds of participants without their own records, and then without their keys. */
function readyText(ready: Ready): string {
  const { files } = ready;
  const texts = [
    ready,
    { ...ready, files: { ...files, books: {} } },
    { ...ready, files: { ...files, books: {}, keys: {} } },
  ].map((each) => JSON.stringify(each));
  return texts.find((text) => Buffer.byteLength(text) <= VARIABLE_BYTES_MAX) ?? texts.at(-1) ?? '';
}
