using Microsoft.OpenApi;

namespace Serverless.Api;

/// <summary>Describes query parameters that an endpoint reads itself, strictly, instead of by model binding.</summary>
internal static class QueryDescription
{
    public static RouteHandlerBuilder WithQuery(
        this RouteHandlerBuilder builder,
        params (string Name, JsonSchemaType Type, string Text)[] parameters
    ) =>
        builder.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Parameters ??= [];
                foreach (var (name, type, text) in parameters)
                {
                    operation.Parameters.Add(
                        new OpenApiParameter
                        {
                            Name = name,
                            In = ParameterLocation.Query,
                            Description = text,
                            Schema = new OpenApiSchema { Type = type },
                        }
                    );
                }

                return Task.CompletedTask;
            }
        );
}
