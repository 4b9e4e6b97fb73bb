import type * as z from 'zod/mini';
import type { ActionOf, ScenarioAction, VerbName } from '../action.ts';
import type { Names } from '../names.ts';
import type { Refuse } from '../source-node.ts';

export interface VerbContext {
  readonly names: Names;
  /** Takes what is wrong with an argument, by its path inside `with`. */
  readonly refuse: Refuse;
  /** In a timeline every fault needs an end; an instructor may end it by hand. */
  readonly inTimeline: boolean;
  /** Of a step of the timeline. */
  readonly stepId?: string;
}

/** One thing that a scenario can make happen. A verb is a file here and a line in the catalogue. */
export interface Verb {
  readonly name: VerbName;
  /** One sentence, for the reference and the command line. */
  readonly summary: string;
  /** The shape of `with`. */
  readonly schema: z.ZodMiniObject;
  /** A `with` that works in the shipped verification day, given a second site and an old platform where the verb is about those. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Reads arguments that have the right shape; undefined when a name in them is wrong, which has been refused then. */
  toAction(args: unknown, context: VerbContext): ScenarioAction | undefined;
  /** What happens, in the words of a rundown. */
  describe(action: ScenarioAction): string;
}

interface TypedVerb<N extends VerbName, S extends z.ZodMiniObject> {
  readonly name: N;
  readonly summary: string;
  /** Made when it is first asked for: a day uses few of the verbs, and the shapes of all are a tenth of a start. */
  readonly schema: () => S;
  readonly example: z.input<S> & Readonly<Record<string, unknown>>;
  toAction(args: z.output<S>, context: VerbContext): ActionOf<N> | undefined;
  describe(action: ActionOf<N>): string;
}

/** Forgets the types of one verb, so that the catalogue can hold them all. */
export function defineVerb<N extends VerbName, S extends z.ZodMiniObject>({ schema, ...verb }: TypedVerb<N, S>): Verb {
  let made: S | undefined;
  return {
    ...verb,
    get schema() {
      return (made ??= schema());
    },
  };
}
