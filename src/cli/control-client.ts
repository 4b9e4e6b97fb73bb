// The commands talk to a running day as everybody's program does: by the client of the library.
export { callControl, followJournal, type ControlAddress } from '../client/call.ts';
