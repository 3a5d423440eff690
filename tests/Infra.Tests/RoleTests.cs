using System.Text.Json;

namespace Infra.Tests;

public sealed class RoleTests(Templates templates)
{
    /// <summary>Azure's own ids of its built-in roles.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["AcrPull"] = "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Search Index Data Contributor"] = "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
        ["Search Service Contributor"] = "7ca78c08-252a-4471-8644-bb5ff32d4ba0",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Queue Data Message Sender"] = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    [Fact]
    public void The_map_names_the_roles_rightly_and_no_other() =>
        Assert.Equal(BuiltIn.OrderBy(role => role.Key, StringComparer.Ordinal), Map().OrderBy(role => role.Key, StringComparer.Ordinal));

    [Fact]
    public void Nobody_gets_more_than_is_listed()
    {
        string[] expected =
        [
            "appPrincipalId: AcrPull on registries",
            "appPrincipalId: Monitoring Metrics Publisher on components",
            "appPrincipalId: Search Index Data Contributor on searchServices",
            "appPrincipalId: Search Service Contributor on searchServices",
            "appPrincipalId: Storage Blob Data Contributor on storageAccounts",
            "appPrincipalId: Storage Queue Data Contributor on storageAccounts",
            "appPrincipalId: Storage Table Data Contributor on storageAccounts",
            "topicPrincipalId: Storage Blob Data Contributor on containers",
            "topicPrincipalId: Storage Queue Data Message Sender on queues",
        ];
        Assert.Equal(
            expected,
            templates.OfType("Microsoft.Authorization/roleAssignments").SelectMany(Sentences).Order(StringComparer.Ordinal)
        );
    }

    private Dictionary<string, string> Map() =>
        RolesTemplate()
            .GetProperty("variables")
            .GetProperty("roles")
            .EnumerateObject()
            .ToDictionary(role => role.Name, role => role.Value.GetString()!);

    private JsonElement RolesTemplate() => Templates.TemplatesOf("main", templates.Main).Single(item => item.Name == "roles").Template;

    /// <summary>Who gets what on what, for each role of a loop.</summary>
    private IEnumerable<string> Sentences(JsonElement assignment)
    {
        var properties = assignment.GetProperty("properties");
        var who = properties.GetProperty("principalId").GetString()!.Split('\'')[1];
        var where = assignment.GetProperty("scope").GetString()!.Split("resourceId('")[1].Split('\'')[0].Split('/')[^1];
        var role = properties.GetProperty("roleDefinitionId").GetString()!;
        return Roles(assignment, role).Select(name => $"{who}: {name} on {where}");
    }

    private IEnumerable<string> Roles(JsonElement assignment, string definition)
    {
        if (!assignment.TryGetProperty("copy", out _))
        {
            return
            [
                Map()
                    .Keys.Single(name =>
                        definition.Contains($"'{name}'", StringComparison.Ordinal)
                        || definition.EndsWith($".{name})]", StringComparison.Ordinal)
                    ),
            ];
        }

        var loop = definition + assignment.GetProperty("copy").GetRawText() + assignment.GetProperty("name").GetString();
        return Map().Keys.Where(name => loop.Contains($"'{name}'", StringComparison.Ordinal));
    }
}
