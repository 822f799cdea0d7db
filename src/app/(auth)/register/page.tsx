import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "~/components/auth/auth-card";
import { RegisterForm } from "~/components/auth/register-form";
import { findMe } from "~/trpc/server";
import { nextPath, onTheWayTo } from "../next-path";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations();
  return { title: `${t("auth.register")} · ${t("common.appName")}` };
};

type RegisterPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function RegisterPage({ searchParams }: RegisterPageProps) {
  const next = nextPath((await searchParams).next);
  if (await findMe()) redirect(next);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("registerTitle")}
      text={t("registerText")}
      elsewhere={{ question: t("haveAccount"), href: onTheWayTo(next, "/sign-in"), label: t("signIn") }}
    >
      <RegisterForm next={next} />
    </AuthCard>
  );
}
