using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

[TestFixture]
internal sealed class SignalingErrorTests
{
    [Test]
    public void An_error_survives_the_wire_inside_the_text_that_SignalR_wraps_around_it()
    {
        var error = new SignalingError(ErrorCode.RateLimited, "Too fast (really): wait.", TimeSpan.FromMilliseconds(249.5));

        SignalingError.TryParse($"An unexpected error occurred invoking 'Send' on the server. HubException: {error}", out var parsed).Should().BeTrue();

        parsed.Should().BeEquivalentTo(new { Code = ErrorCode.RateLimited, Action = ErrorAction.RetryLater, Message = "Too fast (really): wait." });
        parsed!.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(250));
    }

    [Test]
    public void A_code_from_a_newer_hub_keeps_its_action()
    {
        SignalingError.TryParse("HubException: lunar-eclipse (rejoin): Look up.", out var parsed).Should().BeTrue();

        parsed!.Code.Should().Be(ErrorCode.Unknown);
        parsed.Action.Should().Be(ErrorAction.Rejoin);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Connection closed with an error.")]
    [TestCase("System.Exception: x (y): z")]
    public void Text_without_an_error_is_none(string? text) => SignalingError.TryParse(text, out _).Should().BeFalse();
}
