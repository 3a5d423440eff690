using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Serverless.Access;

namespace Serverless.Api.Description;

/// <summary>Writes into the description of the API how callers prove who they are, and which role each route needs.</summary>
internal static class DescribedAccess
{
    private const string Key = "functionKey";
    private const string Token = "entraId";

    public static void DescribeAccess(this OpenApiOptions options)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(
                    document.Components.SecuritySchemes ?? new Dictionary<string, IOpenApiSecurityScheme>()
                )
                {
                    [Key] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey,
                        In = ParameterLocation.Header,
                        Name = "x-functions-key",
                        Description =
                            "A key of the Functions host. If roles are configured (Access:SearchKey, OperateKey, DeleteKey), the key's "
                            + "role decides: search < operate < delete.",
                    },
                    [Token] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        BearerFormat = "JWT",
                        Description =
                            "A Microsoft Entra ID token, verified by App Service authentication, with the app role Images.Search, "
                            + "Images.Operate or Images.Delete (Access:AppRoles).",
                    },
                };
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                var role = metadata.OfType<NeededRole>().LastOrDefault()?.Role ?? NeededRole.OfMethod(context.Description.HttpMethod ?? "");
                if (role == Role.None)
                {
                    operation.Security = [];
                    return Task.CompletedTask;
                }

                var name = RoleGate.NameOf(role);
                operation.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [name] },
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [$"Images.{role}"] },
                ];
                operation.Responses ??= [];
                var problem = operation.Responses.GetValueOrDefault("400")?.Content;
                operation.Responses.TryAdd(
                    "401",
                    new OpenApiResponse { Description = "The key is missing or unknown.", Content = problem }
                );
                operation.Responses.TryAdd(
                    "403",
                    new OpenApiResponse { Description = $"The caller lacks the role '{name}'.", Content = problem }
                );
                return Task.CompletedTask;
            }
        );
    }
}
