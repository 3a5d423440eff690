namespace Serverless.Api.Description;

/// <summary>Names of query parameters that a route takes.</summary>
internal sealed record KnownQuery(IReadOnlyList<string> Names);
