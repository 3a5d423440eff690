using ModelContextProtocol.Protocol;
using Serverless.Access;
using Serverless.Api;

namespace Serverless.Mcp;

internal static class McpServices
{
    /// <summary>The Model Context Protocol over HTTP. No session is kept, so that any worker can answer any request.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<ToolAnswer>();
        services.AddSingleton<ImageTools>();
        services
            .AddMcpServer(options =>
            {
                options.ServerInfo = new Implementation
                {
                    Name = "images",
                    Title = "Image search and duplicate gate",
                    Version = "1.0",
                };
                options.ServerInstructions =
                    "A collection of images. Search it with search_images, look at one with get_image, and see what was taken for a "
                    + "duplicate with list_duplicates.";
            })
            .WithHttpTransport(options => options.Stateless = true)
            .WithTools<ImageTools>();
        return services;
    }

    /// <summary>All tools only read; one that changes something would have to ask for its role itself.</summary>
    public static void MapImageMcp(this IEndpointRouteBuilder routes) => routes.MapMcp("/mcp").Needs(Access.Role.Search).IsBounded();
}
