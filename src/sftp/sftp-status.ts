/** Status codes of SFTP version 3: draft-ietf-secsh-filexfer-02 section 7. */
export const SFTP_STATUS = {
  ok: 0,
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  operationUnsupported: 8,
} as const;

/** The bits of OPEN's `pflags` that ask for anything but reading: WRITE, APPEND, CREAT, TRUNC, EXCL. */
export const OPEN_FOR_CHANGE = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;
