using Signaling.Hub.Access;

namespace Signaling.Hub.Operator.Console;

/// <summary>The operator's console: the page, and the hub that it watches.</summary>
internal static class ConsoleEndpoints
{
    public const string HubPath = $"{ConsolePage.Path}/hub";

    public static void MapConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<ConsoleHub>(HubPath, connection => connection.CloseOnAuthenticationExpiration = true).Add(LetOperatorsIn);
        endpoints.MapConsolePage(ConsolePage.Folder);
    }

    /// <summary>Refuses by HTTP, before there is a connection: the page then asks for a token.</summary>
    private static void LetOperatorsIn(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            var refusal = await context.RequestServices.GetRequiredService<OperatorAccess>().RefuseReaderAsync(context.Request);
            await (refusal?.ExecuteAsync(context) ?? next(context));
        };
    }
}
