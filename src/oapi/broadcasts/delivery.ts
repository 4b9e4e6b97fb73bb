import { struct } from '../dictionary/shape.ts';
import { DELIVERY, deliveryFields } from '../transactions/delivery-item.ts';
import { broadcast } from './broadcast.ts';

export const deliveryBroadcast = broadcast({
  type: 'BD18',
  meaning: 'a delivery of the participant, of an exercise, an assignment or an expiry',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'dedicated',
  notice: 'delivery',
  message: { cl_delivery_api: struct(DELIVERY) },
  encode: ({ record }, { gateway, message }) =>
    message.encode({ cl_delivery_api: deliveryFields(record, gateway) }, 'BD18'),
  sequenceOf: ({ record }) => record.sequence,
});
