import type { App } from '../state/app';
import { CallScreen } from './call/CallScreen';
import { LeftScreen } from './LeftScreen';
import { Lobby } from './lobby/Lobby';
import { Toasts } from './Toasts';

export const Page = ({ app }: { app: App }) => (
  <>
    <CurrentScreen app={app} />
    <Toasts />
  </>
);

function CurrentScreen({ app }: { app: App }) {
  const call = app.call.value;
  if (app.screen.value === 'call' && call) return <CallScreen app={app} call={call} />;
  if (app.screen.value === 'left') return <LeftScreen app={app} />;
  return <Lobby app={app} />;
}
