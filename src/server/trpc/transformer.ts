import superjson from "superjson";

type Values = Record<string, ["Date"]>;

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Whether superjson alone can write it: anything but JSON's own and dates, or a key that its paths escape. */
class Foreign extends Error {}
const foreign = new Foreign();

/** Notes in `values` where dates are, which JSON.stringify writes by itself. Throws {@link foreign}. */
const note = (value: unknown, path: string, values: Values): void => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (Number.isFinite(value) && !Object.is(value, -0)) return;
    throw foreign;
  }
  if (value instanceof Date) {
    if (path === "" || Number.isNaN(value.getTime())) throw foreign;
    values[path] = ["Date"];
    return;
  }
  if (typeof value !== "object") throw foreign;
  const prefix = path === "" ? "" : `${path}.`;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) note(value[index], prefix + index, values);
    return;
  }
  if (!isPlain(value)) throw foreign;
  for (const key in value) {
    if (key.includes(".") || key.includes("\\") || key in Object.prototype) throw foreign;
    note((value as Record<string, unknown>)[key], prefix + key, values);
  }
};

/**
 * What superjson makes of it, without the copy that superjson makes: nearly all that we answer is JSON and dates. Only of
 * an object that stands in several places it does not say that it is the same one.
 */
export const serialize = (value: unknown): ReturnType<typeof superjson.serialize> => {
  const values: Values = {};
  try {
    note(value, "", values);
  } catch (error) {
    if (error !== foreign) throw error;
    return superjson.serialize(value);
  }
  const json = value as ReturnType<typeof superjson.serialize>["json"];
  return Object.keys(values).length > 0 ? { json, meta: { values, v: 1 } } : { json };
};

type Written = Parameters<typeof superjson.deserialize>[0];

/** What superjson reads, which copies what there is nothing to do with: inputs are JSON, nearly all of them. */
const deserialize = (written: Written): unknown =>
  written.meta === undefined ? written.json : superjson.deserialize(written);

/** How inputs are read and answers written: superjson's format, which the clients speak. */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize },
  output: { serialize, deserialize: superjson.deserialize },
};
