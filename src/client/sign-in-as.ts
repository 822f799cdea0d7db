import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "~/server/trpc/root";
import type { TokenGrant } from "~/shared/auth";

/** Renewed this long before it expires, so that none expires on its way. */
const leewaySeconds = 30;

interface Held extends TokenGrant {
  goodUntilMs: number;
}

/**
 * The `token` of `createCharla` for somebody whose password is known: signs in when it is first asked for a token, and
 * renews that in time. A refresh token is good once, so one of these serves a program's every request.
 */
export const signInAs = ({
  url,
  username,
  password,
}: {
  url: string;
  username: string;
  password: string;
}): (() => Promise<string>) => {
  const link = httpLink({ url: new URL("/api/trpc", url).href, transformer: superjson });
  const { auth } = createTRPCClient<AppRouter>({ links: [link] });
  let held: Promise<Held> | undefined;

  const hold = (granting: Promise<TokenGrant>): Promise<Held> => {
    const holding = granting.then((grant) => ({
      ...grant,
      goodUntilMs: Date.now() + (grant.expires_in - leewaySeconds) * 1000,
    }));
    held = holding;
    holding.catch(() => {
      held = undefined; // whoever asks next tries anew
    });
    return holding;
  };

  const signIn = (): Promise<TokenGrant> => auth.grantTokens.mutate({ username, password });

  const renew = async ({ refresh_token }: Held): Promise<TokenGrant> => {
    try {
      return await auth.refreshTokens.mutate({ refresh_token });
    } catch (error) {
      const isRefused = error instanceof TRPCClientError && error.data?.code === "UNAUTHORIZED";
      if (isRefused) return signIn();
      throw error;
    }
  };

  return async () => {
    const asked = held ?? hold(signIn());
    const current = await asked;
    if (Date.now() < current.goodUntilMs) return current.access_token;
    const next = held === asked ? hold(renew(current)) : (held ?? hold(signIn()));
    return (await next).access_token;
  };
};
