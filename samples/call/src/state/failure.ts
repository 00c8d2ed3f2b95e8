import { SignalingError } from 'signaling-client';

/** Why a call did not come about or ended, for people. */
export interface Failure {
  title: string;
  text: string;
}

const known: Record<string, Failure> = {
  'room-full': { title: 'This call is full', text: 'Ask someone to leave, or try again a little later.' },
  'not-allowed': { title: 'You are not invited to this call', text: 'Your invitation is for another room. Ask the host for a link to this one.' },
  'unauthorized': { title: 'You need an invitation', text: 'This service lets in only those with a valid invitation. Ask the host for a new link.' },
  'token-expired': { title: 'Your invitation has run out', text: 'Ask the host for a new link.' },
  'invalid-room': { title: 'That room name does not work', text: 'Use up to 64 letters, digits, dashes or underscores.' },
  'invalid-name': { title: 'That name does not work', text: 'Use a name of up to 64 characters.' },
  'replaced': { title: 'You are in this call elsewhere', text: 'The call goes on where you opened it last.' },
  'unsupported-version': { title: 'This page is out of date', text: 'Reload it to get the newest version.' },
  'rate-limited': { title: 'That was a little too fast', text: 'Wait a few seconds and try again.' },
};

const unknown: Failure = { title: 'The call could not be joined', text: 'Something went wrong on our side. Please try again.' };

export const explain = (error: unknown): Failure =>
  (error instanceof SignalingError ? known[error.code] : undefined) ?? unknown;

export const fullMesh = (capacity: number): Failure => ({
  title: 'This call is full',
  text: `${capacity} people are in it already, and that is as many as this page connects.`,
});
