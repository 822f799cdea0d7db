import { MainZone } from "../main-zone";

export default function ContactsPage() {
  return <MainZone />;
}
