import type { PlannedAddresses } from './host/address-plan.ts';
import type { Ready } from './ready.ts';

/** The plan with the ports at which another day listened: whoever was its client finds the new one. */
export function sameAddresses(planned: PlannedAddresses, before: Ready): PlannedAddresses {
  const at = <T extends { readonly port: number }>(
    list: readonly T[],
    old: readonly { readonly port: number }[] | undefined,
  ): readonly T[] => list.map((each, i) => ({ ...each, port: old?.[i]?.port ?? each.port }));
  const { old, secondary, sftp, mail, control } = planned;
  const { oldPlatform } = before;
  return {
    ...planned,
    online: at(planned.online, before.online),
    oapi: at(planned.oapi, before.oapi),
    secondary: {
      online: at(secondary.online, before.secondary?.online),
      oapi: at(secondary.oapi, before.secondary?.oapi),
    },
    old: old && {
      networkGateway: { ...old.networkGateway, port: oldPlatform?.networkGateway.port ?? old.networkGateway.port },
      dcassServer: { ...old.dcassServer, port: oldPlatform?.dcassServer.port ?? old.dcassServer.port },
    },
    sftp: { ...sftp, port: before.sftp[0]?.port ?? sftp.port },
    mail: { ...mail, port: before.mail.port },
    control: { ...control, port: Number(new URL(before.control.url).port) },
  };
}
