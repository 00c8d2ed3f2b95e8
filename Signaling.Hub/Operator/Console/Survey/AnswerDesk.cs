using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>Answers what other nodes ask, some questions at a time: more than that are not heard, and are asked again.</summary>
internal sealed class AnswerDesk(
    StatusReader status, RoomsReader rooms, HubHistory history, NodeInbox inbox, INodeNetwork nodes, Reachability reachability, NodeNames names, BackgroundWork background) : IDisposable
{
    private const int MostAtOnce = 16;

    private readonly string _instance = PeerId.New();
    private int _answering;

    /// <summary>Begins to answer.</summary>
    public void Open() => inbox.Asked += OnAsked;

    public void Dispose() => inbox.Asked -= OnAsked;

    /// <summary>What this node has to say.</summary>
    public Answer Answer(Question question) => new()
    {
        Instance = _instance,
        Node = names.Current,
        Region = reachability.Own,
        Status = question.Status ? status.Read() : null,
        Rooms = question.Rooms is { } search ? rooms.Find(search) : null,
        Room = question.Room is { } room ? rooms.Read(room, room.Seen.GetValueOrDefault(_instance)) : null,
        History = question.HistoryAfter is { } step ? history.After(step) : null,
    };

    private void OnAsked(string region, string node, string question, byte[] text)
    {
        if (names.IsMine(node)) return; // It has its own answer already.
        if (Interlocked.Increment(ref _answering) <= MostAtOnce) background.Run(() => AnswerAsync(region, node, question, text));
        else Interlocked.Decrement(ref _answering);
    }

    private async Task AnswerAsync(string region, string node, string question, byte[] text)
    {
        try
        {
            if (SurveyText.Read<Question>(text) is not { } asked) return;
            var far = reachability.Knows(region) ? region : null; // Who shares this node's Redis is of its region, whatever it calls itself.
            await nodes.Of(far, node).Answer(reachability.Own, question, SurveyText.Write(Answer(asked)));
        }
        catch (NodeUnreachableException)
        {
            // It asks again.
        }
        finally
        {
            Interlocked.Decrement(ref _answering);
        }
    }
}
