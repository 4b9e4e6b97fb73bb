import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formField, isForeign, type OnlineContext } from '../context.ts';
import { keepLanguage, languageNamed, textsOf } from '../language/languages.ts';
import { wayBack } from '../language/switch.ts';
import { recordInvalid, sendRefusal } from '../visit.ts';

/** `POST /language`: open to everybody. Without a token, for it is a preference: nothing of a user is read or changed. */
export function addLanguage(app: FastifyInstance, context: OnlineContext): void {
  app.post('/language', (request, reply) => choose(context, request, reply));
}

function choose(context: OnlineContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageNamed(formField(request, 'language'));
  const { formNotAccepted: title, foreignSwitch, unknownLanguage } = textsOf(request).requests;
  if (isForeign(request)) {
    recordInvalid(context, request, 'origin');
    return sendRefusal(context, request, reply, undefined, { status: 403, title, text: foreignSwitch });
  }
  if (!language) {
    recordInvalid(context, request, 'language');
    return sendRefusal(context, request, reply, undefined, { status: 400, title, text: unknownLanguage });
  }
  keepLanguage(reply, language);
  return reply
    .code(303)
    .header('location', wayBack(formField(request, 'back')))
    .send();
}
