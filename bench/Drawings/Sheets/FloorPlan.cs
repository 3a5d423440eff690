using SkiaSharp;

namespace Bench.Drawings.Sheets;

/// <summary>A house cut into rooms, with doors, windows, stairs and what stands in the rooms.</summary>
internal static class FloorPlan
{
    private static readonly (Symbol Symbol, Action<Pen, Random, double, double> Draw, double Across, double Down, double Share)[] Sought =
    [
        (Symbol.SpiralStair, PlanSymbols.SpiralStair, 1.9, 1.9, 0.25),
        (Symbol.StraightStair, PlanSymbols.StraightStair, 3.2, 1.0, 0.3),
        (Symbol.Bathtub, PlanSymbols.Bathtub, 1.7, 0.8, 0.35),
        (Symbol.Toilet, PlanSymbols.Toilet, 0.45, 0.7, 0.45),
        (Symbol.TableWithChairs, PlanSymbols.TableWithChairs, 2.0, 1.6, 0.35),
    ];

    public static void Draw(Draft draft)
    {
        var (random, pen) = (draft.Random, draft.Pen);
        var metres = 10 + (random.NextDouble() * 12);
        var house = SKRect.Create(draft.Width * 0.09f, draft.Height * 0.1f, draft.Width * 0.82f, draft.Height * 0.7f);
        var metre = house.Width / metres;
        var wall = metre * (0.15 + (random.NextDouble() * 0.2));
        var rooms = new List<SKRect>();
        Split(random, house, 3.0 * metre, rooms);
        Walls(draft, house, rooms, wall);
        draft.TitleBlock();
        var taken = new List<SKRect>();
        foreach (var room in rooms)
        {
            taken.AddRange(Openings(draft, room, house, wall, metre));
        }

        Furnish(draft, rooms, taken, wall, metre);
        Dimensions(draft, house, rooms);
        if (random.Next(3) == 0)
        {
            pen.Thin.Hatch(house.Left, house.Bottom + (wall * 2), house.Width * 0.3, wall * 2, wall);
        }
    }

    private static void Split(Random random, SKRect part, double least, List<SKRect> rooms)
    {
        var upright = part.Width > part.Height * (0.7 + (random.NextDouble() * 0.6));
        var length = upright ? part.Width : part.Height;
        if (length < 2 * least || (length < 3.2 * least && random.Next(4) == 0))
        {
            rooms.Add(part);
            return;
        }

        var cut = (float)(least + (random.NextDouble() * (length - (2 * least))));
        Split(
            random,
            upright ? SKRect.Create(part.Left, part.Top, cut, part.Height) : SKRect.Create(part.Left, part.Top, part.Width, cut),
            least,
            rooms
        );
        Split(
            random,
            upright
                ? SKRect.Create(part.Left + cut, part.Top, part.Width - cut, part.Height)
                : SKRect.Create(part.Left, part.Top + cut, part.Width, part.Height - cut),
            least,
            rooms
        );
    }

    private static void Walls(Draft draft, SKRect house, List<SKRect> rooms, double wall)
    {
        var style = draft.Random.Next(4);
        var pen = draft.Pen.Thick;
        if (style == 0)
        {
            pen.FillBox(house.Left - (wall / 2), house.Top - (wall / 2), house.Width + wall, house.Height + wall);
        }
        else
        {
            pen.Box(house.Left - (wall / 2), house.Top - (wall / 2), house.Width + wall, house.Height + wall);
            if (style == 1)
            {
                pen.Thin.Thin.Hatch(house.Left - (wall / 2), house.Top - (wall / 2), house.Width + wall, house.Height + wall, wall * 0.5);
            }
        }

        foreach (var room in rooms)
        {
            draft.Pen.Clear(room.Left + (wall / 2), room.Top + (wall / 2), room.Width - wall, room.Height - wall);
            if (style != 0)
            {
                pen.Box(room.Left + (wall / 2), room.Top + (wall / 2), room.Width - wall, room.Height - wall);
            }
        }
    }

    /// <summary>A door and a window perhaps. Returns where the door turns.</summary>
    private static List<SKRect> Openings(Draft draft, SKRect room, SKRect house, double wall, double metre)
    {
        var (random, pen) = (draft.Random, draft.Pen);
        var door = 0.85 * metre;
        var thick = wall + (pen.Width * 4);
        var turning = new List<SKRect>();
        if (room.Left > house.Left + 1 && room.Height > door * 2)
        {
            var top = room.Top + wall + (random.NextDouble() * (room.Height - (2 * wall) - door));
            pen.Clear(room.Left - (thick / 2), top, thick, door);
            pen.Line(room.Left, top, room.Left + door, top);
            pen.Thin.Arc(room.Left, top, door, 0, 90);
            turning.Add(SKRect.Create(room.Left, (float)top, (float)door, (float)door));
        }
        else if (room.Top > house.Top + 1 && room.Width > door * 2)
        {
            var left = room.Left + wall + (random.NextDouble() * (room.Width - (2 * wall) - door));
            pen.Clear(left, room.Top - (thick / 2), door, thick);
            pen.Line(left, room.Top, left, room.Top + door);
            pen.Thin.Arc(left, room.Top, door, 0, 90);
            turning.Add(SKRect.Create((float)left, room.Top, (float)door, (float)door));
        }

        if (room.Top <= house.Top + 1)
        {
            var (left, across) = (room.Left + (room.Width * 0.3), room.Width * 0.4);
            pen.Clear(left, room.Top - (thick / 2), across, thick);
            pen.Box(left, room.Top - (wall / 2), across, wall);
            pen.Thin.Line(left, room.Top, left + across, room.Top);
        }

        return turning;
    }

    private static void Furnish(Draft draft, List<SKRect> rooms, List<SKRect> taken, double wall, double metre)
    {
        var random = draft.Random;
        foreach (var (symbol, draw, across, down, share) in Sought)
        {
            for (var copy = 0; random.NextDouble() < share && copy < 3; copy++)
            {
                var grown = 0.9 + (random.NextDouble() * 0.25);
                var square = symbol == Symbol.TableWithChairs && random.Next(2) == 0;
                Place(draft, rooms, taken, wall, metre, (symbol, draw, across * grown, (square ? across : down) * grown));
            }
        }

        foreach (var room in rooms)
        {
            for (var thing = random.Next(0, 4); thing > 0; thing--)
            {
                var (draw, across, down) = Furniture.All[random.Next(Furniture.All.Length)];
                Place(draft, [room], taken, wall, metre, (null, draw, across, down));
            }

            var label = SKRect.Create(room.MidX, room.MidY - (draft.Height / 95f), draft.Height / 12f, draft.Height / 95f);
            if (random.Next(6) == 0 || !taken.Exists(other => other.IntersectsWith(label)))
            {
                StrokeFont.Write(draft.Pen.Thin, StrokeFont.Words(random, 1), room.MidX, room.MidY, draft.Height / 95.0);
            }
        }
    }

    private static void Place(
        Draft draft,
        List<SKRect> rooms,
        List<SKRect> taken,
        double wall,
        double metre,
        (Symbol? Symbol, Action<Pen, Random, double, double> Draw, double Across, double Down) thing
    )
    {
        var random = draft.Random;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var room = rooms[random.Next(rooms.Count)];
            var quarters = random.Next(4);
            var (across, down) = ((float)(thing.Across * metre), (float)(thing.Down * metre));
            (across, down) = quarters % 2 == 0 ? (across, down) : (down, across);
            var inside = SKRect.Inflate(room, (float)(-wall / 2) - 3, (float)(-wall / 2) - 3);
            var (roomX, roomY) = (inside.Width - across, inside.Height - down);
            if (roomX < 0 || roomY < 0)
            {
                continue;
            }

            // Against a wall more often than not.
            var x =
                inside.Left
                + (
                    roomX
                    * (float)(
                        random.Next(5) switch
                        {
                            0 => 0,
                            1 => 1,
                            _ => random.NextDouble(),
                        }
                    )
                );
            var y =
                inside.Top
                + (
                    roomY
                    * (float)(
                        random.Next(5) switch
                        {
                            0 => 0,
                            1 => 1,
                            _ => random.NextDouble(),
                        }
                    )
                );
            var box = SKRect.Create(x, y, across, down);
            if (!taken.Exists(other => other.IntersectsWith(SKRect.Inflate(box, 4, 4))))
            {
                taken.Add(box);
                draft.Put(thing.Symbol, box, quarters, thing.Draw);
                return;
            }
        }
    }

    private static void Dimensions(Draft draft, SKRect house, List<SKRect> rooms)
    {
        foreach (var room in rooms.Where(room => room.Bottom >= house.Bottom - 1))
        {
            draft.Dimension(room.Left, house.Bottom + (draft.Height * 0.05), room.Right, house.Bottom + (draft.Height * 0.05));
        }

        foreach (var room in rooms.Where(room => room.Left <= house.Left + 1))
        {
            draft.Dimension(house.Left - (draft.Width * 0.03), room.Top, house.Left - (draft.Width * 0.03), room.Bottom);
        }
    }
}
