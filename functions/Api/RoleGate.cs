using Serverless.Access;

namespace Serverless.Api;

/// <summary>Refuses what the caller's role does not cover.</summary>
internal static class RoleGate
{
    public static void UseRoles(this IApplicationBuilder app)
    {
        var callers = app.ApplicationServices.GetRequiredService<CallerRole>();
        app.Use(
            (context, next) =>
            {
                var needed = NeededRole.Of(context);
                return needed == Role.None || callers.Of(context.Request) >= needed
                    ? next(context)
                    : throw new Refusal(
                        StatusCodes.Status403Forbidden,
                        "The caller may not do that.",
                        $"It needs the role '{NameOf(needed)}': send a key (x-functions-key) or a token that has it."
                    );
            }
        );
    }

    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
