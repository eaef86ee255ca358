import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** `POST /api/v1/session`. */
export class SessionBody {
  @MaxLength(200)
  @IsNotEmpty()
  @IsString()
  @ApiProperty({ type: String })
  signInName!: string;

  @MaxLength(1000)
  @IsNotEmpty()
  @IsString()
  @ApiProperty({ type: String })
  password!: string;
}
