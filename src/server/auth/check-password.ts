import type { Runtime } from "~/server/runtime";
import { usernameSchema } from "~/shared/users";
import { toUser, userSelect } from "./access";
import { takeOrRefuse, triesPerAccount } from "./limits";
import { verifyPassword } from "./password";

/** The account that name and password open, or null. Takes a try from its budget, whether or not the name exists. */
export const checkPassword = async ({ backplane, db }: Runtime, username: string, password: string) => {
  await takeOrRefuse(backplane, triesPerAccount, username);
  // PostgreSQL refuses some strings; a name that cannot exist is not looked up.
  const account = usernameSchema.safeParse(username).success
    ? await db.user.findUnique({
        where: { username, deletedAt: null },
        select: { ...userSelect, passwordHash: true },
      })
    : null;
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) return null;
  await backplane.limits.reset(triesPerAccount, username);
  const { passwordHash, ...row } = account;
  return { user: toUser(row), passwordHash };
};
