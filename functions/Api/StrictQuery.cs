using Serverless.Api.Description;

namespace Serverless.Api;

/// <summary>Refuses unknown query parameters: a misspelt filter must never widen an answer.</summary>
internal static class StrictQuery
{
    /// <summary>What the Functions host takes itself, and passes on: a key, and the name of one.</summary>
    private static readonly string[] OfHost = ["code", "clientId"];

    public static void UseStrictQuery(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetOrderedMetadata<KnownQuery>() is { Count: > 0 } known)
                {
                    Check(context.Request.Query, [.. known.SelectMany(query => query.Names)]);
                }

                return next(context);
            }
        );

    /// <exception cref="ProblemException">One of the parameters is not among those that are known.</exception>
    private static void Check(IQueryCollection query, IReadOnlyList<string> known)
    {
        var unknown = query
            .Keys.Where(name => !known.Concat(OfHost).Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"'{QueryValue.Shorten(name)}'")
            .Take(5)
            .ToList();
        if (unknown.Count > 0)
        {
            throw ProblemException.Invalid(
                $"The query has {string.Join(", ", unknown)}, which this route does not take. "
                    + (known.Count == 0 ? "It takes no query parameters." : $"It takes {string.Join(", ", known)}.")
            );
        }
    }
}
