import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "~/components/auth/auth-card";
import { ForgetAccount } from "~/components/auth/forget-account";
import { SignInForm } from "~/components/auth/sign-in-form";
import { findMe } from "~/trpc/server";
import { nextPath, onTheWayTo } from "../next-path";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations();
  return { title: `${t("auth.signIn")} · ${t("common.appName")}` };
};

type SignInPageProps = {
  searchParams: Promise<{ ended?: string; deleted?: string; next?: string | string[] }>;
};

export default async function SignInPage({ searchParams }: SignInPageProps) {
  // Somebody whose session has just ended is not sent back, whatever the cookie says: that could go round for ever.
  const { ended, deleted, next } = await searchParams;
  const then = nextPath(next);
  if (ended === undefined && deleted === undefined && (await findMe())) redirect(then);
  const t = await getTranslations();
  const why = ended === undefined ? t("auth.signInText") : t("errors.NOT_SIGNED_IN");
  return (
    <AuthCard
      title={deleted === undefined ? t("auth.signInTitle") : t("auth.deletedTitle")}
      text={deleted === undefined ? why : t("auth.deletedText")}
      elsewhere={{
        question: t("auth.noAccount"),
        href: onTheWayTo(then, "/register"),
        label: t("auth.register"),
      }}
    >
      <SignInForm next={then} />
      <ForgetAccount />
    </AuthCard>
  );
}
