import type { ChatMessage } from '../../state/chat';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

export const Message = ({ from, text, at }: ChatMessage) => (
  <div class={`message ${from === undefined ? 'own' : ''}`}>
    <span class="message-head">{from ?? 'You'}<time dateTime={at.toISOString()}>{clock.format(at)}</time></span>
    <span class="message-text">{withLinks(text)}</span>
  </div>
);

/** Every second part is an address: that is how split works with one group. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? <a href={part} target="_blank" rel="noopener noreferrer">{part}</a> : part,
  );
