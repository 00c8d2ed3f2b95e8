using Microsoft.Extensions.Options;

namespace Signaling.Hub.Access;

/// <summary>Refuses to start without keys outside Development.</summary>
internal sealed class RequireKeys(IHostEnvironment environment) : IValidateOptions<SignalingOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalingOptions options) =>
        options.Access.Keys.Count > 0 || environment.IsDevelopment()
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Signaling:Access:Keys is empty and the environment is {environment.EnvironmentName}, so nobody could connect. "
                + "Set Signaling__Access__Keys__0__Secret (HS256, at least 32 bytes) or Signaling__Access__Keys__0__PublicKey (RS256, PEM); "
                + "or set ASPNETCORE_ENVIRONMENT=Development to let guests in, on your own machine only.");
}
