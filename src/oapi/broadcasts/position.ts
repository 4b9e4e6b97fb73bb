import { struct } from '../dictionary/shape.ts';
import { keyOf } from '../transactions/series-fields.ts';
import { stampOf } from '../transactions/stamp.ts';
import { UPDATED_POSITION, updatedPosition } from '../transactions/updated-position-item.ts';
import { broadcast } from './broadcast.ts';

/** It has no sequence number: a client that missed one asks CQ40 by time. */
export const positionBroadcast = broadcast({
  type: 'BD40',
  meaning: 'a position of the participant changed',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'dedicated',
  notice: 'position',
  message: { pos_info_update_api: struct(UPDATED_POSITION) },
  encode({ position }, { gateway, message }) {
    const fields = updatedPosition(position, {
      key: keyOf(position.series, gateway.core),
      countryId: gateway.settings.countryId,
      modified: stampOf(position.modifiedAt),
    });
    return message.encode({ pos_info_update_api: fields }, 'BD40');
  },
});
