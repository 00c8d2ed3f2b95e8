using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Access;

namespace Signaling.Hub.Ice.RelayOnly;

/// <summary>The rooms whose peers must not learn each other's addresses, and what is refused there.</summary>
internal sealed class RelayOnlyRooms(IOptions<SignalingOptions> options)
{
    private readonly IReadOnlyList<string> _patterns = [.. options.Value.Ice.RelayOnlyRooms];

    public bool Includes(string room) => _patterns.Any(pattern => RoomPattern.Matches(pattern, room));

    /// <exception cref="Refusal"><see cref="ErrorCode.RelayOnly"/>: the room is relay-only, and the signal gives an address away.</exception>
    public void Check(string room, Signal signal)
    {
        if (_patterns.Count is 0 || !Includes(room)) return;
        var problem = signal.Candidates?.Select(candidate => CandidateLine.Parse(candidate.Candidate)?.Problem).FirstOrDefault(found => found is not null)
            ?? (signal.Description?.Sdp is { } sdp ? SdpAddresses.ProblemOf(sdp) : null);
        if (problem is not null) throw new Refusal(ErrorCode.RelayOnly, $"The room is relay-only: {problem}.");
    }
}
