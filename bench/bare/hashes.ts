// What sign-ins are measured against: nothing but argon2id, with a hash's own parameters, as many at a time.
import { verify } from "@node-rs/argon2";

export interface HashesJob {
  passwordHash: string;
  password: string;
  atOnce: number;
  seconds: number;
}

process.once("message", async ({ passwordHash, password, atOnce, seconds }: HashesJob) => {
  const began = performance.now();
  let checked = 0;
  const check = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1_000) {
      await verify(passwordHash, password);
      checked += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, check));
  process.send?.({ perSecond: (checked * 1_000) / (performance.now() - began) });
  process.disconnect();
});
