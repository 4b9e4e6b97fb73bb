/** What `dcass-sim run --help` says beside its options. */
export const RUN_HELP = `
The command finds the day in its environment:
  DCASS_READY_JSON      the ready line of "up --json"
  DCASS_CA_FILE         the local CA
  DCASS_HOSTS_FILE      a hosts file with the names of the Online gateways
  DCASS_ONLINE_URLS     the DCASS Online gateways, with commas
  DCASS_OAPI_ADDRESSES  the OAPI gateways, host:port, with commas
  DCASS_SFTP_HOST, DCASS_SFTP_PORT, DCASS_SFTP_USER, DCASS_SFTP_KEY, DCASS_KNOWN_HOSTS
  DCASS_MAIL_ADDRESS    host:port
  DCASS_CONTROL_URL, DCASS_CONTROL_TOKEN
  DCASS_OAPI_LIBRARY    liboapi.so, once it is built: make -C clients/oapi-c
Other dcass-sim commands under it talk to this day.

Where nothing else is asked for, the plan is ephemeral (127.0.0.1 and free
ports), so that any number of runs go side by side, and the clock stands still,
or runs where --speed is given.

Exit codes: the command's own where it is not 0 (127: not found; 128 and its
number: a signal ended it); 1 an expectation was missed or late; 2 usage or
invalid scenario; 3 could not start; 4 timed out; 130 and 143 signals.
What is not due when the run ends does not count: --until goes on to a time
first, --strict counts it.`;
