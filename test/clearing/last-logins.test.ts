import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import type { UserView } from '../../src/clearing/user-view.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { at, coreAt, loginRequest, PASSWORD } from '../support/world.ts';

const wrong = new Secret('wrong');

function viewOf(core: ReturnType<typeof coreAt>['core'], id: string): UserView | undefined {
  return core.usersOf('CABC' as CustomerCode).find((user) => user.id === id);
}

test('a user who has not come yet has neither a last login nor a last wrong password', () => {
  const { core } = coreAt('09:00');
  expect(viewOf(core, 'BU_CABC101')).toMatchObject({ lastLogin: undefined, lastFailedLogin: undefined });
});

test('the last login and the last wrong password are each kept with time, window, gateway and address', () => {
  const { core, clock } = coreAt('09:00');
  core.login(loginRequest('BO_CABC801', { password: wrong, gateway: 'oapi-2', address: '10.0.0.1' }));
  clock.now = at('09:10');
  core.login(loginRequest('BO_CABC801', { password: wrong, address: '10.0.0.2' }));
  clock.now = at('09:20');
  core.login(loginRequest('BO_CABC801', { address: '10.0.0.3' }));
  expect(viewOf(core, 'BO_CABC801')).toMatchObject({
    failedLogins: 0,
    lastLogin: { at: at('09:20'), window: 'oapi', gateway: 'oapi-1', address: '10.0.0.3' },
    lastFailedLogin: { at: at('09:10'), window: 'oapi', gateway: 'oapi-1', address: '10.0.0.2' },
  });
});

test('a wrong current password counts as one from where the session is', () => {
  const { core, clock } = coreAt('09:00');
  const login = core.login(loginRequest('BU_CABC101', { gateway: 'online-3', address: '10.0.0.4' }));
  if (!login.ok) throw new Error(login.rejection.code);
  clock.now = at('09:30');
  core.changePassword({ session: login.value.session.id, current: wrong, next: new Secret(PASSWORD) });
  expect(viewOf(core, 'BU_CABC101')?.lastFailedLogin).toEqual({
    at: at('09:30'),
    window: 'online',
    gateway: 'online-3',
    address: '10.0.0.4',
  });
});
