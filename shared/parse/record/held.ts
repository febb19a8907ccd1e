import type * as z from 'zod';

/**
 * Holds the schema of a record against the type that it reads: a field that one of them lacks, or a value that the
 * schema would refuse, does not compile. The compiler then asks for an argument more, whose type is the path of the
 * field. `Apart` are the paths of fields that are not compared: no decision looks at them, or they are held elsewhere.
 */
export const held =
  <T, Apart extends string = never>() =>
  <S extends z.ZodType>(schema: S, ..._differing: Differing<T, z.output<S>, Apart>): S =>
    schema;

type Differing<T, S, Apart extends string> = [Lacking<T, S, Apart> | Foreign<T, S, Apart>] extends [
  never,
]
  ? []
  : [path: Lacking<T, S, Apart> | Foreign<T, S, Apart>];

/** The paths of what `T` may have and the schema would lose or refuse. */
type Lacking<T, S, Apart extends string, Path extends string = ''> = unknown extends S
  ? never
  : LeafLacking<Extract<T, Leaf>, S, Path> | PartLacking<Exclude<T, Leaf>, S, Apart, Path>;

type LeafLacking<T, S, Path extends string> = [T] extends [S] ? never : Path;

type PartLacking<T, S, Apart extends string, Path extends string> = [T] extends [never]
  ? never
  : [T] extends [List]
    ? Lacking<Member<T>, Member<S>, Apart, `${Path}[]`>
    : {
        [K in Keys<T>]: Join<Path, K> extends Apart
          ? never
          : K extends Keys<S>
            ? Lacking<At<T, K>, At<S, K>, Apart, Join<Path, K>>
            : Join<Path, K>;
      }[Keys<T>];

/** The paths of what the schema reads and `T` does not have. */
type Foreign<T, S, Apart extends string, Path extends string = ''> = unknown extends S
  ? never
  : PartForeign<Exclude<T, Leaf>, Exclude<S, Leaf>, Apart, Path>;

type PartForeign<T, S, Apart extends string, Path extends string> = [S] extends [never]
  ? never
  : [S] extends [List]
    ? Foreign<Member<T>, Member<S>, Apart, `${Path}[]`>
    : {
        [K in Keys<S>]: Join<Path, K> extends Apart
          ? never
          : K extends Keys<T>
            ? Foreign<At<T, K>, At<S, K>, Apart, Join<Path, K>>
            : Join<Path, K>;
      }[Keys<S>];

type Leaf = string | number | boolean | null | undefined;
type List = readonly unknown[];
type Member<T> = T extends readonly (infer I)[] ? I : never;

/** The keys of all members of a union, and what they have there. */
type Keys<T> = T extends Leaf | List ? never : T extends unknown ? keyof T & string : never;
type At<T, K> = T extends unknown ? (K extends keyof T ? Exclude<T[K], undefined> : never) : never;

type Join<Path extends string, K extends string> = Path extends '' ? K : `${Path}.${K}`;
