import { MainZone } from "../main-zone";

export default function SettingsPage() {
  return <MainZone />;
}
