namespace Serverless.Access;

/// <summary>
/// The role that a route needs. By default reading needs <see cref="Role.Search"/> and anything else <see cref="Role.Operate"/>, so that a
/// new route that changes something is never open to a search key by mistake.
/// </summary>
internal sealed record NeededRole(Role Role)
{
    private static readonly string[] Guarded = ["/api", "/mcp"];

    public static Role Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<NeededRole>() is { } needed ? needed.Role
        : Guarded.Any(start => context.Request.Path.StartsWithSegments(start)) ? OfMethod(context.Request.Method)
        : Role.None;

    public static Role OfMethod(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? Role.Search : Role.Operate;
}
