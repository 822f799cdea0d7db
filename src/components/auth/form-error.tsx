/** What went wrong with a form as a whole. */
export function FormError({ text }: { text: string | undefined }) {
  return (
    <p role="alert" className="text-danger text-sm empty:hidden">
      {text}
    </p>
  );
}
