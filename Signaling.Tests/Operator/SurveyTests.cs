using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Tests.Hub;

namespace Signaling.Tests.Operator;

/// <summary>Questions and answers between nodes.</summary>
internal sealed class SurveyTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void A_region_that_owes_an_answer_is_not_asked_again_before_patience_is_over()
    {
        var inquiry = new Inquiry(_time);

        inquiry.MayAsk("far").Should().BeTrue();
        inquiry.MayAsk("far").Should().BeFalse();
        inquiry.MayAsk("near").Should().BeTrue("another region owes nothing");
        inquiry.Add("far", SurveyText.Write(Answer("a")));
        inquiry.MayAsk("far").Should().BeTrue("it has answered");
        _time.Advance(NodeSurvey.Patience);
        inquiry.MayAsk("far").Should().BeTrue("the answer is lost");
        inquiry.MayAsk("far").Should().BeFalse();
    }

    [Test]
    public void Answers_are_taken_once_and_what_cannot_be_read_is_passed_over()
    {
        var inquiry = new Inquiry(_time);
        inquiry.Add(Answer("own"));
        inquiry.Add("far", SurveyText.Write(Answer("a")));
        inquiry.Add("far", [1, 2, 3]);
        inquiry.Add("far", SurveyText.Write(new { instance = "b", node = "b", region = "far", somethingNew = new { x = 1 } }));
        inquiry.Add("far", SurveyText.Write(new { instance = "c" }));

        inquiry.Take().Select(heard => heard.Answer.Node).Should().Equal("own", "a", "b");
        inquiry.Take().Should().BeEmpty();
    }

    [Test]
    public void More_answers_than_can_be_meant_are_not_kept()
    {
        var inquiry = new Inquiry(_time);
        var text = SurveyText.Write(Answer("a"));

        for (var i = 0; i < 2000; i++) inquiry.Add("far", text);

        inquiry.Take().Should().HaveCount(1024);
    }

    [Test]
    public void A_node_that_does_not_know_a_method_of_a_newer_one_passes_it_over()
    {
        using var services = HubServices.Create();
        var protocol = services.GetRequiredService<NodeProtocol>();
        var newer = new MessagePackHubProtocol();

        protocol.Read(Message(nameof(INode.Ask), "kr", "node", "question", new byte[] { 1 })).Should().NotBeNull();
        protocol.Read(Message("AskSomethingNew", "kr", 1, new byte[] { 1 })).Should().BeNull();

        SerializedHubMessage Message(string method, params object?[] arguments) =>
            new([new SerializedMessage(newer.Name, newer.GetMessageBytes(new InvocationMessage(method, arguments)))]);
    }

    private static Answer Answer(string node) => new() { Instance = node, Node = node, Region = "far" };
}
