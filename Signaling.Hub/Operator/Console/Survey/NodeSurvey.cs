using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>
/// Asks all nodes of all regions, again and again while somebody watches. Nothing is sent otherwise. A region that has not answered yet is not asked again before <see cref="Patience"/> is over: a slow
/// link is never filled by questions.
/// </summary>
internal sealed class NodeSurvey : IDisposable
{
    /// <summary>How long an answer may be under way.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    // What nodes of one region need to answer; those of others come with the next round.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Inquiry> _open = new(StringComparer.Ordinal);
    private readonly AnswerDesk _desk;
    private readonly INodeNetwork _nodes;
    private readonly RegionLinks _links;
    private readonly Reachability _reachability;
    private readonly NodeNames _names;
    private readonly NodeInbox _inbox;
    private readonly BackgroundWork _background;
    private readonly TimeProvider _time;

    public NodeSurvey(AnswerDesk desk, INodeNetwork nodes, RegionLinks links, Reachability reachability, NodeNames names, NodeInbox inbox, BackgroundWork background, TimeProvider time)
    {
        (_desk, _nodes, _links, _reachability, _names, _inbox, _background, _time) = (desk, nodes, links, reachability, names, inbox, background, time);
        _inbox.Answered += OnAnswered;
    }

    /// <inheritdoc cref="AskAsync(Func{TimeSpan}, Func{string, Question}, CancellationToken)"/>
    public IAsyncEnumerable<IReadOnlyList<Heard>> AskAsync(TimeSpan period, Func<string, Question> question, CancellationToken cancellation) => AskAsync(() => period - Moment, question, cancellation);

    /// <summary>Asks again and again, and each time gives the answers that have come since the last time; the first ones are this node's own and its region's.</summary>
    /// <param name="pause">How long to wait then.</param>
    /// <param name="question">What to ask a region.</param>
    /// <param name="cancellation">Nobody watches any more.</param>
    public async IAsyncEnumerable<IReadOnlyList<Heard>> AskAsync(Func<TimeSpan> pause, Func<string, Question> question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var id = PeerId.New();
        var inquiry = _open[id] = new Inquiry(_time);
        try
        {
            while (true)
            {
                Ask(id, inquiry, question);
                await Task.Delay(Moment, _time, cancellation);
                yield return inquiry.Take();
                await Task.Delay(pause(), _time, cancellation);
            }
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    public void Dispose() => _inbox.Answered -= OnAnswered;

    private void Ask(string id, Inquiry inquiry, Func<string, Question> question)
    {
        var own = question(_reachability.Own);
        inquiry.Add(_desk.Answer(own));
        if (_nodes is not LoneNode && inquiry.MayAsk(_reachability.Own)) _background.Run(() => AskAsync(null, id, own));
        foreach (var link in _links.All.Where(link => link.IsUp && inquiry.MayAsk(link.Region)))
        {
            var theirs = question(link.Region);
            _background.Run(() => AskAsync(link.Region, id, theirs));
        }
    }

    private async Task AskAsync(string? region, string id, Question question)
    {
        try
        {
            await _nodes.Of(region, Backplane.AllNodes).Ask(_reachability.Own, _names.Current, id, SurveyText.Write(question));
        }
        catch (NodeUnreachableException)
        {
            // Then nobody answers, which is seen.
        }
    }

    private void OnAnswered(string region, string question, byte[] text)
    {
        if (_open.TryGetValue(question, out var inquiry)) inquiry.Add(_reachability.Knows(region) ? region : _reachability.Own, text);
    }
}
