import type { App } from '../../state/app';
import type { Call } from '../../state/call';
import { Grid } from './Grid';
import { Invitation } from './Invitation';
import { ScreenTile } from './ScreenTile';
import { Tile } from './Tile';

/** Everyone in the call. While someone shares a screen, it takes the stage and the people line up beside it. */
export function People({ app, call }: { app: App; call: Call }) {
  const { media } = app;
  const people = call.people.value;
  const screens = people.filter(({ screen }) => screen);
  const shared = screens.length + (media.screenOn.value ? 1 : 0);
  const tiles = (
    <>
      {people.map((person) => (
        <Tile
          key={person.id} {...person} speaking={call.speaking.others.value.has(person.id)}
          connection={{ state: person.connection, roundTripMs: person.roundTripMs }}
        />
      ))}
      <Tile
        key="own" own name={app.name.value || 'Guest'} stream={media.cameraOn.value ? media.local.person : undefined} showsCamera={media.cameraOn.value}
        muted={!media.microphoneOn.value} handRaised={call.handRaised.value} speaking={call.speaking.self.value}
      />
      {people.length === 0 && shared === 0 && <Invitation room={call.room.id} />}
    </>
  );
  if (shared === 0) return <Grid count={Math.max(2, people.length + 1)}>{tiles}</Grid>;

  return (
    <div class="stage">
      <div class="stage-screens">
        {screens.map(({ id, name, screen }) => <ScreenTile key={id} label={`${name} is sharing`} stream={screen} />)}
        {media.screenOn.value && <ScreenTile key="own" label="You are sharing your screen" stream={media.local.screen} own />}
      </div>
      <div class="filmstrip">{tiles}</div>
    </div>
  );
}
