using Microsoft.AspNetCore.Http.Metadata;

namespace Serverless.Api.Description;

/// <summary>The allowed request bodies. Anything else is refused unread (415).</summary>
internal static class RequestBodies
{
    public const string Json = "application/json";
    public const string Form = "multipart/form-data";

    /// <summary>A picture in any format; its bytes tell which.</summary>
    public static readonly string[] Picture = ["image/*", "application/pdf", "application/octet-stream"];

    /// <summary>Names the fields of the form that are files, for the description.</summary>
    public const string Files = "files";

    /// <param name="mediaTypes">Of those above.</param>
    /// <param name="files">Fields that are pictures in a form.</param>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string[] mediaTypes, params string[] files)
        where T : notnull =>
        route
            .WithMetadata(new AcceptsMetadata(mediaTypes, typeof(T)))
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.Metadata = new Dictionary<string, object> { [Files] = files };
                    return Task.CompletedTask;
                }
            );
}
