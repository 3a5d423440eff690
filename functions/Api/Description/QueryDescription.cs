namespace Serverless.Api.Description;

/// <summary>Describes an endpoint's query parameters; others are refused (<see cref="KnownQuery"/>).</summary>
internal static class QueryDescription
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder builder, params QueryParameter[] parameters) =>
        builder
            .WithMetadata(new KnownQuery([.. parameters.Select(parameter => parameter.Name)]))
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.Parameters ??= [];
                    foreach (var parameter in parameters)
                    {
                        operation.Parameters.Add(parameter.Described());
                    }

                    return Task.CompletedTask;
                }
            );
}
