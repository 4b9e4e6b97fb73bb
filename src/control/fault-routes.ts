import * as z from 'zod/mini';
import { problem } from './problem.ts';
import type { ControlRoute } from './routes.ts';

/** The faults in force: shown, begun and ended. */
export const FAULT_ROUTES: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/v1/faults',
    summary: 'The faults in force: what each does, in words, and how often it has hit.',
    handle: (port) => ({ faults: port.faults.list() }),
  },
  {
    method: 'POST',
    path: '/v1/faults',
    summary: 'Begin a fault, by the arguments of the verb fault.start; answers when it is in force.',
    body: z.looseObject({
      id: z.optional(z.string()),
      match: z.record(z.string(), z.unknown()),
      effect: z.union([z.string(), z.record(z.string(), z.unknown())]),
    }),
    handle: async (port, request, reply) => reply.status(201).send(await port.faults.start(request.body as object)),
  },
  {
    method: 'DELETE',
    path: '/v1/faults/{id}',
    summary: 'End a fault; answers when it is over.',
    handle: async (port, request, reply) => {
      const { id } = request.params as { id: string };
      if (await port.faults.stop(id)) return { stopped: id };
      const ids = port.faults.list().map((each) => each.id);
      const known = ids.length === 0 ? 'none is' : ids.join(', ');
      return problem(reply, 404, 'No such fault', `No fault "${id.slice(0, 50)}" is in force (in force: ${known}).`);
    },
  },
];
