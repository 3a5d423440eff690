namespace Serverless.Api;

/// <summary>
/// HEAD wherever there is GET, and OPTIONS everywhere. HEAD runs what GET would; the server leaves the body out.
/// </summary>
internal static class AllowedMethods
{
    private static readonly object Head = new();

    /// <summary>Stands before routing, which knows of GET only.</summary>
    public static void UseHead(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (HttpMethods.IsHead(context.Request.Method) && context.Request.Path.StartsWithSegments("/api"))
                {
                    context.Request.Method = HttpMethods.Get;
                    context.Items[Head] = true;
                }

                return next(context);
            }
        );

    /// <summary>Whether nobody will read the body of the answer.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Head);

    /// <summary>Answers OPTIONS, and completes what routing says of the methods that an address takes.</summary>
    public static void UseOptions(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                // What routing chooses for a method that an address does not take names those that it does.
                var isAsked =
                    HttpMethods.IsOptions(context.Request.Method)
                    && context.GetEndpoint() is { RequestDelegate: not null } endpoint
                    && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is null;
                await (isAsked ? context.GetEndpoint()!.RequestDelegate!(context) : next(context));
                if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } response)
                {
                    var allowed = response.Headers.Allow.SelectMany(list => (list ?? "").Split(", ")).ToList();
                    response.Headers.Allow = string.Join(
                        ", ",
                        allowed
                            .Concat(allowed.Contains(HttpMethods.Get) ? [HttpMethods.Head] : Array.Empty<string>())
                            .Append(HttpMethods.Options)
                            .Distinct()
                    );
                    response.StatusCode = isAsked ? StatusCodes.Status204NoContent : response.StatusCode;
                }
            }
        );
}
