/**
 * `make`, which makes its result once for each object and keeps it for as long as the object lives. Asked for the same
 * object over and over, as for each reader in turn, it does not even look it up.
 */
export const memoized = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, V>();
  let last: { key: K; value: V } | undefined;
  return (key) => {
    if (last?.key === key) return last.value;
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    last = { key, value };
    return value;
  };
};
