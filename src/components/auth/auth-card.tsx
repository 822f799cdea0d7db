import Link from "next/link";
import type { ReactNode } from "react";

type AuthCardProps = {
  title: string;
  text: string;
  children: ReactNode;
  /** The way to the other page: a question and a link. */
  elsewhere: { question: string; href: string; label: string };
};

export function AuthCard({ title, text, children, elsewhere }: AuthCardProps) {
  return (
    <>
      <section className="rounded-2xl border border-line bg-canvas p-6 shadow-float sm:p-8">
        <h1 className="font-bold text-xl tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-ink-2">{text}</p>
        {children}
      </section>
      <p className="mt-5 text-center text-ink-2">
        {elsewhere.question}{" "}
        <Link
          href={elsewhere.href}
          className="rounded-control px-1 py-2 font-medium text-accent underline-offset-4 hover:underline"
        >
          {elsewhere.label}
        </Link>
      </p>
    </>
  );
}
