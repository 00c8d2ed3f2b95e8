/** A call with one peer: perfect negotiation (W3C WebRTC §10.7) and trickled candidates, as PROTOCOL.md describes them under "Calling". */
export class Call {
  connection;
  #send;
  #polite;
  #makingOffer = false;
  #ignoringOffer = false;
  #early = [];
  #incoming = Promise.resolve();

  constructor({ polite, offering, media, iceServers, send, show }) {
    this.connection = new RTCPeerConnection({ iceServers });
    this.#send = send;
    this.#polite = polite;
    this.video = Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, muted: true });
    show(this.video);

    this.connection.ontrack = ({ streams: [stream] }) => { this.video.srcObject = stream; };
    this.connection.onicecandidate = ({ candidate }) => { if (candidate) send({ candidates: [candidate.toJSON()] }); };
    // Who was there waits for the newcomer's offer, and puts its tracks into the answer.
    this.connection.onnegotiationneeded = () => { if (offering || this.connection.remoteDescription) this.#offer(); };
    for (const track of media.getTracks()) this.connection.addTrack(track, media);
  }

  /** Takes a signal of this peer; one after another. */
  receive(signal) {
    this.#incoming = this.#incoming.then(async () => {
      if (signal.description) await this.#describe(signal.description);
      for (const candidate of signal.candidates ?? []) await this.#add(candidate);
    });
  }

  close() {
    this.connection.close();
    this.video.remove();
  }

  async #offer() {
    this.#makingOffer = true;
    try {
      await this.connection.setLocalDescription();
      await this.#send({ description: this.connection.localDescription.toJSON() });
    } finally {
      this.#makingOffer = false;
    }
  }

  async #describe(description) {
    const glare = description.type === 'offer' && (this.#makingOffer || this.connection.signalingState !== 'stable');
    this.#ignoringOffer = glare && !this.#polite;
    if (this.#ignoringOffer) return;

    await this.connection.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
    if (description.type !== 'offer') return;
    await this.connection.setLocalDescription();
    await this.#send({ description: this.connection.localDescription.toJSON() });
  }

  /** Holds a candidate that is ahead of its description; those of an offer that lost the glare are never asked for again. */
  async #add(candidate) {
    const { remoteDescription } = this.connection;
    const fits = remoteDescription && (!candidate.usernameFragment || remoteDescription.sdp.includes(`a=ice-ufrag:${candidate.usernameFragment}`));
    if (fits) await this.connection.addIceCandidate(candidate);
    else if (!this.#ignoringOffer) this.#early.push(candidate);
  }
}
