import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Call } from '../../state/call';
import { chatTextLimit } from '../../state/chat';
import { IconButton } from '../IconButton';
import { CloseIcon, SendIcon } from '../icons';
import { Message } from './Message';

/** The conversation beside the call; on phones a sheet over it. */
export function ChatPanel({ call, onClose }: { call: Call; onClose: () => void }) {
  const draft = useSignal('');
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const messages = call.chat.messages.value;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [messages]);

  const send = (event: Event) => {
    event.preventDefault();
    const text = draft.value.trim();
    if (text) call.say(text);
    draft.value = '';
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <aside class="chat" aria-label="Chat" onKeyDown={closeOnEscape}>
      <header>
        <h2>Chat</h2>
        <IconButton label="Close chat" class="small" onClick={onClose}><CloseIcon /></IconButton>
      </header>
      <div ref={list} class="messages" role="log" aria-label="Messages" tabIndex={0}>
        {messages.length === 0 && <p class="chat-empty">Messages reach everyone in the call and are kept nowhere.</p>}
        {messages.map((message) => <Message key={message.id} {...message} />)}
      </div>
      <form onSubmit={send}>
        <input
          ref={input} value={draft.value} maxLength={chatTextLimit} placeholder="Message to everyone" aria-label="Message to everyone" autocomplete="off"
          onInput={(event) => (draft.value = event.currentTarget.value)}
        />
        <IconButton label="Send" class="send" disabled={draft.value.trim() === ''} onClick={() => input.current?.form?.requestSubmit()}><SendIcon /></IconButton>
      </form>
    </aside>
  );
}
